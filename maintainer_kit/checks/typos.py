# SPDX-License-Identifier: GPL-2.0-or-later
"""Words that are often written wrong in commit messages; and doubled ones.

Only what is no word of English at all; the list is short on purpose: ``codespell`` knows more.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from operator import eq

from maintainer_kit.lazy.pattern import lazy_pattern

_TABLE = """
    abandonned abandoned, accesible accessible, accessable accessible, accidently accidentally,
    accomodate accommodate, accross across, acheive achieve, acheived achieved, achive achieve,
    acording according, acordingly accordingly, acquring acquiring, addded added,
    additionaly additionally, addres address, addreses addresses, adress address,
    adresses addresses, algorithem algorithm, algorithim algorithm, alignement alignment,
    allign align, alligned aligned, allignment alignment, allready already, allways always,
    alreay already, alredy already, ammount amount, amoung among, apparantly apparently,
    apparentely apparently, appropiate appropriate, appropiately appropriately,
    approriate appropriate, arbitary arbitrary, architechture architecture, arguement argument,
    arguements arguments, assigment assignment, assigments assignments, asssert assert,
    asynchonous asynchronous, asyncronous asynchronous, atomicly atomically, attemp attempt,
    attemps attempts, automaticaly automatically, automaticly automatically,
    auxillary auxiliary, avaible available, availabe available, availble available,
    availible available, avaliable available, backwords backwards, basicly basically,
    beacuse because, becase because, becasue because, becomming becoming, becuase because,
    befor before, begining beginning, beginnig beginning, behaviuor behaviour, beleive believe,
    betwen between, bewteen between, boundry boundary, buffor buffer, cacheing caching,
    callled called, cannnot cannot, charachter character, charater character,
    charcter character, circut circuit, cleary clearly, coefficent coefficient, comamnd command,
    comand command, comands commands, commited committed, commiting committing, commnad command,
    compability compatibility, compatability compatibility, compatable compatible,
    compatibilty compatibility, compatiblity compatibility, completly completely,
    comunicate communicate, concious conscious, conditon condition, condtion condition,
    configration configuration, configuation configuration, configuraton configuration,
    consequtive consecutive, consistancy consistency, consistant consistent,
    contiguos contiguous, contoler controller, contoller controller, controler controller,
    controll control, convertion conversion, coresponding corresponding,
    correponding corresponding, corresponing corresponding, corrupion corruption,
    curent current, curently currently, currenly currently, currrently currently,
    definately definitely, definitons definitions, defintion definition, depencies dependencies,
    dependancies dependencies, dependancy dependency, dependecy dependency,
    dereferance dereference, derefernce dereference, desciptor descriptor,
    descripter descriptor, descritor descriptor, desctription description,
    desription description, detabase database, detroy destroy, devide divide, devided divided,
    diferent different, diferrent different, differnt different, diffrence difference,
    diffrent different, disapear disappear, disapeared disappeared, disbale disable,
    disbaled disabled, discriptor descriptor, documantation documentation,
    documention documentation, doens't doesn't, dosen't doesn't, eample example,
    efficent efficient, efficently efficiently, embeded embedded, enought enough,
    enviroment environment, enviroments environments, equivalant equivalent,
    equivelant equivalent, eror error, erroneus erroneous, erronous erroneous, errror error,
    exapmle example, excecute execute, execeed exceed, exeception exception, exection execution,
    exisiting existing, exisitng existing, existance existence, existant existent,
    expermental experimental, explicitely explicitly, explicitily explicitly,
    explicity explicitly, extention extension, extentions extensions, faild failed,
    failue failure, falback fallback, featue feature, finaly finally, firmare firmware,
    followign following, follwing following, folowing following, forwared forwarded,
    foward forward, fowarded forwarded, fucntion function, fucntions functions,
    fuction function, funciton function, functionaly functionally, funtion function,
    funtions functions, furthur further, futher further, garantee guarantee,
    gaurantee guarantee, generaly generally, guarentee guarantee, guarenteed guaranteed,
    guranteed guaranteed, handeled handled, hanlde handle, hanlder handler, happend happened,
    hardare hardware, heirarchical hierarchical, heirarchy hierarchy, identifer identifier,
    identifers identifiers, imediately immediately, immediatley immediately,
    immediatly immediately, imporve improve, improvment improvement, incldue include,
    inclued include, incomming incoming, incompatability incompatibility,
    inconsistant inconsistent, incorect incorrect, incorectly incorrectly,
    incosistent inconsistent, indentical identical, independant independent,
    independantly independently, infomation information, inital initial,
    initalization initialization, initalize initialize, initalized initialized,
    initialze initialize, initialzed initialized, inteface interface, intented intended,
    interace interface, interally internally, interger integer, interrups interrupts,
    interupt interrupt, interupts interrupts, intial initial, intialization initialization,
    intialize initialize, intialized initialized, introdcued introduced, introduc introduce,
    intruduced introduced, invaild invalid, invald invalid, invalide invalid,
    invokation invocation, irrelevent irrelevant, itslef itself, lenght length, liek like,
    likewize likewise, maintainance maintenance, maintainence maintenance,
    maintance maintenance, managment management, mannually manually, matchs matches,
    mechansim mechanism, mechnism mechanism, memroy memory, mesage message, mesages messages,
    messsage message, miliseconds milliseconds, minimun minimum, mismach mismatch,
    mispelled misspelled, missmatch mismatch, modifed modified, multipe multiple,
    multple multiple, mutiple multiple, naturaly naturally, neccesary necessary,
    neccessary necessary, necesary necessary, necessarry necessary, negotation negotiation,
    nessecary necessary, noticable noticeable, notication notification, notifer notifier,
    nubmer number, obselete obsolete, occurance occurrence, occured occurred,
    occurence occurrence, occurences occurrences, occuring occurring, ocurred occurred,
    ocurrence occurrence, offical official, ommit omit, ommited omitted, ommitted omitted,
    opend opened, oportunity opportunity, optimizaton optimization, optmization optimization,
    orginal original, originaly originally, otherwize otherwise, othewise otherwise,
    othrewise otherwise, overide override, overriden overridden, overwriten overwritten,
    parallely parallel, paramater parameter, paramaters parameters, parametes parameters,
    paramter parameter, paramters parameters, particualr particular, partiton partition,
    perfomance performance, performace performance, permision permission,
    permissons permissions, peroid period, persistant persistent, posible possible,
    possiblity possibility, postion position, potentialy potentially, preceed precede,
    preceeded preceded, preceeding preceding, prefered preferred, prefering preferring,
    presense presence, previos previous, previosly previously, previousely previously,
    priviledge privilege, priviledges privileges, probaly probably, proberly properly,
    proccess process, proccessor processor, procesing processing, procotol protocol,
    propery property, propogate propagate, propogated propagated, propper proper,
    proprly properly, protocal protocol, provde provide, provid provide, psuedo pseudo,
    quering querying, reasonble reasonable, receieve receive, recevied received,
    recieve receive, recieved received, recieves receives, recieving receiving,
    recomended recommended, recommanded recommended, recurison recursion, redundent redundant,
    refence reference, refered referred, referenc reference, refering referring,
    refernce reference, registeration registration, registerd registered, regsiter register,
    regulary regularly, relase release, relavant relevant, releated related, relevent relevant,
    remaning remaining, remeber remember, reponse response, representes represents,
    repsonse response, reqeust request, requirment requirement, requirments requirements,
    requried required, requst request, resorces resources, resouce resource, resouces resources,
    resourse resource, responce response, respone response, retreive retrieve,
    retreived retrieved, retrun return, retuns returns, returnd returned, reuqest request,
    runing running, safly safely, scaned scanned, scheduld scheduled, seperate separate,
    seperated separated, seperately separately, seperator separator, sequece sequence,
    sequencial sequential, similary similarly, similiar similar, simlar similar,
    simplifed simplified, simultanously simultaneously, sohuld should, somthing something,
    sould should, sparately separately, specfic specific, specifc specific, specifed specified,
    specificaly specifically, spefication specification, speficied specified,
    statment statement, statments statements, stoped stopped, structue structure,
    strucure structure, stucture structure, sturcture structure, succesful successful,
    succesfully successfully, successfull successful, successfuly successfully, sucess success,
    sucessful successful, sucessfully successfully, sufficent sufficient, suport support,
    suported supported, supporing supporting, suppported supported, supress suppress,
    supressed suppressed, suspeneded suspended, swithc switch, synchonized synchronized,
    synchronuous synchronous, syncronize synchronize, syncronous synchronous, teh the,
    temorary temporary, temporay temporary, theads threads, themselfs themselves,
    therfore therefore, thier their, threshhold threshold, throught through, togther together,
    tranfer transfer, transfered transferred, transfering transferring, transistion transition,
    trasaction transaction, trasfer transfer, triggerd triggered, truely truly, udpate update,
    udpated updated, unconditionaly unconditionally, undefind undefined, unecessary unnecessary,
    unexpeted unexpected, unfortunatelly unfortunately, unfortunatly unfortunately,
    uninitalized uninitialized, unitialized uninitialized, unkown unknown, unles unless,
    unneccesary unnecessary, unneccessary unnecessary, unnecesary unnecessary,
    unsuccesful unsuccessful, untill until, usally usually, usefull useful, usuable usable,
    usualy usually, utilites utilities, vaild valid, vairable variable, valide valid,
    variabel variable, varible variable, varibles variables, verfication verification,
    verison version, visable visible, wether whether, wheras whereas, wheter whether,
    whitout without, wich which, wihtout without, witdh width, writting writing, yeild yield
"""
TYPOS: dict[str, str] = dict(pair.split() for pair in _TABLE.split(","))
_WORD = lazy_pattern(r"(?<![\w./@$%-])[A-Za-z]{2,24}(?:'t)?(?![\w/@(=]|[.'-]\w)")
_SEPARATORS = str.maketrans(dict.fromkeys("\n\t.,;:!?()", " "))
_QUOTES = frozenset("\"'`<>|\u2018\u2019\u201c\u201d")
# Names and keywords may well stand twice ("long long", "struct foo foo"), as may "had had" and
# "that that"; the small words that join a sentence do not.
_JOINING = """
    the a an to of in for and or but with by from at be are was were been this these those if when
    then than which not we can may must should would could has its into because while since after
    before also only just between
"""
_GLUE = frozenset(_JOINING.split())


def suspects(text: str) -> tuple[bool, bool]:
    """Whether a text may have misspelt words, and doubled ones: most have none, and need no second
    look."""
    words = text.lower().translate(_SEPARATORS).split()
    twice = any(map(eq, words, islice(words, 1, None)))
    return not TYPOS.keys().isdisjoint(words), twice


def typos_in(line: str) -> Iterator[tuple[int, int, str]]:
    """Columns of each misspelt word of a line, and how it is written; not of quoted ones."""
    for found in _WORD.finditer(line):
        start, end = found.span()
        right = TYPOS.get(found[0].lower())
        if right and line[start - 1 : start] not in _QUOTES and line[end : end + 1] not in _QUOTES:
            yield start, end, _cased(found[0], right)


def is_doubled(before: str, word: str) -> bool:
    """Whether two words in a row are one that was written twice by mistake."""
    return word in _GLUE and word == before.lower()


def _cased(wrong: str, right: str) -> str:
    if wrong.isupper():
        return right.upper()
    return right.capitalize() if wrong[0].isupper() else right
